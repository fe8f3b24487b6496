const WARN_BEFORE = 5;
const MINUTE = 60 * 1000;
const { idleMinutes, stay } = document.body.dataset;

const notice = () => {
  const region = document.createElement("div");
  region.className = "c-idle";
  region.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = `You will be signed out in ${WARN_BEFORE} minutes. Save what you are writing, or stay signed in.`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button";
  button.textContent = "Stay signed in";
  region.append(words, button);
  return { region, words, button };
};

const watch = () => setTimeout(warn, (Number(idleMinutes) - WARN_BEFORE) * MINUTE);

const warn = () => {
  const { region, words, button } = notice();
  document.querySelector(".c-content").prepend(region);
  const ended = setTimeout(() => {
    words.textContent = "You have been signed out. Copy what you wrote before you sign in again.";
    button.remove();
  }, WARN_BEFORE * MINUTE);
  button.addEventListener("click", async () => {
    const answer = await fetch(stay, { credentials: "same-origin" });
    if (answer.status === 204) {
      clearTimeout(ended);
      region.remove();
      watch();
    } else {
      words.textContent = "You have been signed out. Copy what you wrote before you sign in again.";
    }
  });
};

if (Number(idleMinutes) > WARN_BEFORE && stay) {
  watch();
}
