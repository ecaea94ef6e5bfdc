// Recovery codes: to the clipboard or to paper. The buttons show only where a script can serve them.
document.documentElement.classList.add("scripted");

document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy-from], [data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) {
    print();
    return;
  }
  const said = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).innerText);
    said.textContent = button.dataset.copied;
  } catch {
    // The browser forbids the clipboard: the codes can still be selected, and nothing claims they were copied.
    said.textContent = "";
  }
});
