// The passkey button of the sign-in pages: puts the key's answer into the form and sends it. Hidden where the browser knows no passkeys.
import { assertion, supported } from "./passkeys.js";

const form = document.querySelector("form[data-passkey]");
if (form && supported()) {
  form.hidden = false;
  form.addEventListener("submit", async event => {
    if (form.elements.Credential.value) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const credential = await assertion(form.elements.__RequestVerificationToken.value);
    button.disabled = false;
    if (!credential) return;
    form.elements.Credential.value = credential;
    form.submit();
  });
}
