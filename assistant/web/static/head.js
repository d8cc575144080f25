// Gradio chooses the language of its own words by these two.
Object.defineProperty(navigator, "language", { get: () => "$language" });
Object.defineProperty(navigator, "languages", { get: () => ["$language"] });
// Something of Gradio's may set them again while it starts.
(() => {
  const root = document.documentElement;
  const keep = () => {
    if (root.lang !== "$language") root.lang = "$language";
    if (root.dir !== "$direction") root.dir = "$direction";
  };
  keep();
  new MutationObserver(keep).observe(root, { attributes: true, attributeFilter: ["lang", "dir"] });
})();
