// Fills the sign-in form with a demo account. Without scripts the page shows the same words to type.
for (const button of document.querySelectorAll("[data-fill-email]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById("email").value = button.dataset.fillEmail;
    document.getElementById("password").value = button.dataset.fillPassword;
    document.querySelector("form button[type=submit]").focus();
  });
}
