// Stands on error pages: what was on its way did not arrive, so the draft stays.
export function attach() {
  sessionStorage.removeItem("drafts-sent");
}
