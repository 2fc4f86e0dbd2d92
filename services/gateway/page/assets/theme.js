// Runs before the first paint, so that nothing flashes: the theme that was chosen here, else the system's.
(() => {
  try {
    const chosen = localStorage.getItem("copydesk-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch { /* storage may be closed to this page: the system's theme stands */ }
})();
