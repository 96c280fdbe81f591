// While somebody chooses their hours: asks the server what they would share with others, and reads the zone from the
// browser until its owner has confirmed one.
const PAUSE = 500;

export function attach(place) {
  const form = place.closest("form");
  const zone = form.elements.zone;
  const answer = place.querySelector("[data-preview]");
  const note = place.querySelector("[data-zone-note]");
  let timer = 0;
  let newest = 0;

  const detect = () => {
    const detected = answer.querySelector("[data-detected]")?.dataset.detected;
    if (!("unconfirmed" in place.dataset) || !detected) return;
    delete place.dataset.unconfirmed;
    zone.value = detected;
    note.textContent = note.dataset.words;
    note.hidden = false;
    ask();
  };

  const ask = async () => {
    const mine = ++newest;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    if ("unconfirmed" in place.dataset) {
      data.set("detected", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
    }
    const response = await fetch(place.dataset.url, { method: "POST", body: data }).catch(() => null);
    if (!response?.ok || mine !== newest) return;
    answer.innerHTML = await response.text();
    detect();
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("pointerup", soon);
  if ("unconfirmed" in place.dataset) ask();
  return () => clearTimeout(timer);
}
