// Keeps what is typed in this browser until it has arrived, so that a lost connection loses no words.
// "Sent" is only believed once another page came: an error page (keep-drafts.js) or going back takes it back.
const PREFIX = "draft:";
const SENT = "drafts-sent";

export function attach(form) {
  const key = PREFIX + form.dataset.draft;
  const texts = [...form.querySelectorAll("textarea, input[type=text]")].filter((field) => field.name);

  if (sessionStorage.getItem(SENT) === key) {
    const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (arrived && !form.querySelector(".error-summary")) localStorage.removeItem(key);
    sessionStorage.removeItem(SENT);
  }

  const kept = read(key);
  for (const field of texts) {
    if (!field.value && kept[field.name]) field.value = kept[field.name];
  }
  form.addEventListener("input", () => {
    const entries = texts.filter((field) => field.value).map((field) => [field.name, field.value]);
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(entries)));
  });
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}
