// Notes on this device: says what this browser can do, asks it when the button is pressed, and sends what it answered
// with the form. Devices that show notes stand in rows with data-device, the fingerprint of the address they gave.
export function attach(form) {
  const say = (state) => {
    for (const words of form.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== state;
    form.querySelector("button").hidden = state !== "ready";
  };
  const { worker, key } = form.dataset;
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return void say("unable");
  look();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      fill(form, await subscribe(worker, key));
      form.submit();
    } catch (problem) {
      say(Notification.permission === "denied" ? "denied" : "away");
    }
  });

  async function look() {
    const known = await (await navigator.serviceWorker.getRegistration(worker))?.pushManager.getSubscription();
    const row = known && document.querySelector(`[data-device="${await fingerprint(known.endpoint)}"]`);
    if (row) {
      row.querySelector("[data-here]").hidden = false;
      leave(row.querySelector("form"), known);
      say("here");
    } else {
      say(Notification.permission === "denied" ? "denied" : "ready");
    }
  }
}

async function subscribe(worker, key) {
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(wanted);
  } catch (problem) {
    const before = await pushManager.getSubscription(); // made for a key this house had once
    if (!before) throw problem;
    await before.unsubscribe();
    return pushManager.subscribe(wanted);
  }
}

function fill(form, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys;
  for (const [name, value] of Object.entries({ endpoint, p256dh, auth })) form.elements[name].value = value;
}

function leave(form, subscription) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await subscription.unsubscribe();
    form.submit();
  });
}

async function fingerprint(endpoint) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(key) {
  const padded = key.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(key.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}
