// Listening to a room: WebSocket first, an event stream where that is not possible, a slow look now and then in any case.
const SLOW_LOOK = 60_000;
const LONGEST_PAUSE = 30_000;

// Calls `hear({kind, id})` for what happens in the room, and with kind "catch-up" whenever something may have been lost.
// Returns the function that ends it.
export function listen(room, hear) {
  const address = `${location.host}/live?room=${encodeURIComponent(room)}`;
  const catchUp = () => document.visibilityState === "visible" && hear({ kind: "catch-up", id: "" });
  let line = null;
  let ended = false;
  let pause = 1000;
  let opened = false;
  let retry = 0;

  function told(message) {
    const event = JSON.parse(message.data);
    if (event.kind) hear(event);
  }

  function openSocket() {
    if (ended) return;
    line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${address}`);
    line.onopen = () => {
      opened = true;
      pause = 1000;
      catchUp();
    };
    line.onmessage = told;
    line.onclose = () => {
      if (ended) return;
      if (!opened && pause > 4000) return openStream();
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      retry = setTimeout(openSocket, pause);
    };
  }

  function openStream() {
    line = new EventSource(`${location.protocol}//${address}`);
    line.onopen = catchUp;
    line.onmessage = told;
  }

  openSocket();
  const slow = setInterval(catchUp, SLOW_LOOK);
  document.addEventListener("visibilitychange", catchUp);

  return () => {
    ended = true;
    clearTimeout(retry);
    clearInterval(slow);
    document.removeEventListener("visibilitychange", catchUp);
    line?.close();
  };
}
