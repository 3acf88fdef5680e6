// The theme wraps the button that copies a block of code in a navigation of its own. To those who
// listen, a page with twenty blocks would have twenty navigations without a name.
(() => {
  const unwrap = (block) => {
    for (const nav of block.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "presentation");
  };
  for (const block of document.querySelectorAll(".md-typeset pre")) {
    unwrap(block);
    new MutationObserver(() => unwrap(block)).observe(block, { childList: true, subtree: true });
  }
})();
