for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.open = true;
    fold.dataset.openedToPrint = "yes";
  }
});

addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-opened-to-print]")) {
    fold.open = false;
    delete fold.dataset.openedToPrint;
  }
});
