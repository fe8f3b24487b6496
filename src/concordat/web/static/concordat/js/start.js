const { govuk, moj } = document.body.dataset;

const start = async (address) => {
  if (document.body.classList.contains("govuk-frontend-supported")) {
    const module = await import(address);
    module.initAll();
  }
};

await start(govuk);
if (document.querySelector('[data-module^="moj-"]')) {
  await start(moj);
}
