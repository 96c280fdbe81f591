// New words appear in the topic without reload. The bus says only that something happened; what, is fetched from the page's
// own address, so that access is checked each time. Focus and scroll stay where the reader is.
// The address of live.js comes from the page: files are served under hashed names.
export function attach(thread) {
  if ("past" in thread.dataset) return undefined;
  let asking = null;

  const newest = () => [...thread.querySelectorAll(".message")].at(-1)?.id.slice(2) ?? "";

  async function fetchNew() {
    const answer = await fetch(`${thread.dataset.pieces}?after=${newest()}`, { headers: { "X-Piece": "1" } });
    if (answer.ok && !answer.redirected) append(thread, await answer.text());
  }

  // One question at a time: an event that comes while one is under way asks once more afterwards.
  function catchUp() {
    asking = (asking ?? Promise.resolve()).then(fetchNew).catch(() => {});
  }

  async function refresh(id) {
    const shown = thread.querySelector(`#m-${CSS.escape(id)}`);
    if (!shown) return;
    const answer = await fetch(`${thread.dataset.pieces}${id}/`, { headers: { "X-Piece": "1" } });
    if (!answer.ok || answer.redirected) return;
    const piece = asFragment(await answer.text()).querySelector(".message");
    if (piece && !shown.contains(document.activeElement)) shown.replaceWith(piece);
  }

  function hear(event) {
    if (event.kind === "message.edited" || event.kind === "message.removed") refresh(event.id).catch(() => {});
    else catchUp();
  }

  const listening = import(thread.dataset.live).then(({ listen }) => listen(thread.dataset.room, hear));
  return () => listening.then((leave) => leave());
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
