// Shows notes that arrive while no page is open, and opens what they tell of. It keeps no page and answers no request:
// what two people wrote is on no device but the one that is looking at it.
const FALLBACK = "/today/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const note = event.data ? event.data.json() : {};
  const shown = { body: note.body, tag: note.tag, icon: note.icon, data: { url: note.url ?? FALLBACK } };
  event.waitUntil(self.registration.showNotification(note.title ?? "Alongside", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(own(event.notification.data.url)));
});

async function open(address) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => page.url === address);
  return there ? there.focus() : self.clients.openWindow(address);
}

// Never to another house, whatever the note says.
function own(address) {
  const url = new URL(address, self.location.origin);
  return url.origin === self.location.origin ? url.href : new URL(FALLBACK, self.location.origin).href;
}
