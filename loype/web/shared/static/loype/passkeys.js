// A button with data-passkey="login", "add" or "authenticate" asks the browser for a key and sends
// its form: <button id="…" data-passkey="add" data-credential="id of the hidden field">.
// The work is done by mfa/js/webauthn.js, which comes with the sign-in library.

const problem = document.querySelector("[data-passkey-problem]");

document.addEventListener("allauth.error", (event) => {
  if (!problem) return;
  event.preventDefault();
  problem.hidden = false;
});

for (const button of document.querySelectorAll("[data-passkey]")) {
  const { passkey, credential, passwordless } = button.dataset;
  const ids = { [passkey]: button.id, credential, passwordless, data: "js_data" };
  window.allauth.webauthn.forms[`${passkey}Form`]({ ids });
  button.addEventListener("click", () => {
    if (problem) problem.hidden = true;
  });
}
