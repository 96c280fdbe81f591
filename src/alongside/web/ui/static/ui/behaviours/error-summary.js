// After a form came back, what to look at again is where reading goes on.
export function attach(summary) {
  summary.focus({ preventScroll: false });
}
