// Passkeys: what only the browser can ask of a key. The server makes the options and judges the answer.
const headers = token => ({ "Content-Type": "application/json", "RequestVerificationToken": token });

async function ask(address, token, body) {
  const answer = await fetch(address, { method: "POST", headers: headers(token), body: JSON.stringify(body ?? {}) });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

export const supported = () => !!window.PublicKeyCredential?.parseRequestOptionsFromJSON;

// Has a key answer; null when the person turned away or no key fits.
export async function assertion(token) {
  try {
    const options = await ask("/account/passkey/ask", token);
    if (!options) return null;
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    return JSON.stringify(credential.toJSON());
  } catch (error) {
    if (error.name === "NotAllowedError" || error.name === "AbortError" || error.name === "SecurityError") return null;
    throw error;
  }
}

// Proves the person anew: the server's word (Right, Wrong, SessionOver), or null.
export async function prove(token) {
  const credential = await assertion(token);
  return credential && await ask("/account/passkey/prove", token, { credential });
}

// Adds a key: the server's word (Added, Unproven, Refused), or null.
export async function add(token, name) {
  try {
    const options = await ask("/account/passkey/make", token);
    if (!options) return "Unproven";
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    return await ask("/account/passkey/add", token, { credential: JSON.stringify(credential.toJSON()), name });
  } catch (error) {
    // InvalidStateError: this key is known already.
    if (error.name === "NotAllowedError" || error.name === "AbortError" || error.name === "SecurityError" || error.name === "InvalidStateError") return null;
    throw error;
  }
}
