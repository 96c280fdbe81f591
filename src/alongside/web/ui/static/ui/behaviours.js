// Attaches behaviours: an element with data-behaviour gets the module its data-behaviour-src names, loaded once.
// A module exports `attach(element)`; it may return a function that is called when the element leaves the page.
const attached = new WeakMap();

async function attach(element) {
  if (attached.has(element)) return;
  attached.set(element, null);
  const module = await import(element.dataset.behaviourSrc);
  attached.set(element, module.attach(element) ?? null);
}

function detach(element) {
  attached.get(element)?.();
  attached.delete(element);
}

function within(node, act) {
  if (!(node instanceof Element)) return;
  if (node.matches("[data-behaviour]")) act(node);
  node.querySelectorAll("[data-behaviour]").forEach(act);
}

within(document.documentElement, attach);

new MutationObserver((changes) => {
  for (const change of changes) {
    change.removedNodes.forEach((node) => node.isConnected || within(node, detach));
    change.addedNodes.forEach((node) => within(node, attach));
  }
}).observe(document.documentElement, { childList: true, subtree: true });
