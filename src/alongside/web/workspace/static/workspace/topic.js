// New words appear in the topic without reload. The bus says only that something happened; what, is fetched from the page's
// own address, so that access is checked each time. Focus and scroll stay where the reader is.
// The address of live.js comes from the page: files are served under hashed names.
export function attach(thread) {
  if ("past" in thread.dataset) return undefined;
  let asking = null;
  let looked = thread.dataset.looked;

  const newest = () => [...thread.querySelectorAll(".message")].at(-1)?.id.slice(2) ?? "";

  async function fetchNew() {
    const answer = await fetch(`${thread.dataset.pieces}?after=${newest()}`, { headers: { "X-Piece": "1" } });
    if (answer.ok && !answer.redirected) append(thread, await answer.text());
  }

  // What was edited or taken away while nobody told this page: before the line stood, or while it was cut.
  async function fetchChanged() {
    const since = encodeURIComponent(looked);
    const answer = await fetch(`${thread.dataset.pieces}?since=${since}`, { headers: { "X-Piece": "1" } });
    if (!answer.ok || answer.redirected) return;
    looked = answer.headers.get("X-Looked") ?? looked;
    for (const piece of asFragment(await answer.text()).querySelectorAll(".message")) replace(piece);
  }

  // One question at a time: an event that comes while one is under way asks once more afterwards.
  function ask(question) {
    asking = (asking ?? Promise.resolve()).then(question).catch(() => {});
  }

  async function refresh(id) {
    if (!document.getElementById(`m-${id}`)) return;
    const answer = await fetch(`${thread.dataset.pieces}${id}/`, { headers: { "X-Piece": "1" } });
    if (!answer.ok || answer.redirected) return;
    const piece = asFragment(await answer.text()).querySelector(".message");
    if (piece) replace(piece);
  }

  function hear(event) {
    if (event.kind === "message.edited" || event.kind === "message.removed") ask(() => refresh(event.id));
    else ask(fetchNew);
    if (event.kind === "catch-up" || event.kind === "catch_up") ask(fetchChanged);
  }

  const listening = import(thread.dataset.live).then(({ listen }) => listen(thread.dataset.room, hear));
  return () => listening.then((leave) => leave());
}

// A message as it reads now, in the place of how it read; what one is just using stays.
function replace(piece) {
  const shown = document.getElementById(piece.id);
  if (shown && !shown.contains(document.activeElement)) shown.replaceWith(piece);
}

function append(thread, html) {
  const piece = asFragment(html);
  for (const message of piece.querySelectorAll(".message")) {
    if (document.getElementById(message.id)) message.remove();
  }
  if (!piece.querySelector(".message")) return;
  const days = [...thread.querySelectorAll("[data-day]")];
  const first = piece.querySelector("[data-day]");
  if (first && days.at(-1)?.dataset.day === first.dataset.day) first.remove();
  thread.append(piece);
}

function asFragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
