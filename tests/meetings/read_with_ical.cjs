// Reads a calendar from standard input with ical.js; writes [[uid, start, end], ...] in milliseconds since 1970.
const ICAL = require("../vendor/ical.min.cjs");
let text = "";
process.stdin.on("data", (chunk) => (text += chunk));
process.stdin.on("end", () => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const milliseconds = (time) => time.toUnixTime() * 1000;
  const talks = calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    return [event.uid, milliseconds(event.startDate), milliseconds(event.endDate)];
  });
  process.stdout.write(JSON.stringify(talks));
});
