// Copy buttons: without a script there are none, and the text can be selected by hand.
"use strict";

function copy(button) {
  const text = document.getElementById(button.dataset.copies).textContent;
  const label = button.textContent;
  const say = (word) => {
    button.textContent = word;
    setTimeout(() => { button.textContent = label; }, 2000);
  };
  navigator.clipboard.writeText(text).then(() => say("Copied"), () => say("Copying was refused: select the text"));
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
