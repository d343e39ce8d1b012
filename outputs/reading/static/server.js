// Asks this page's own server, by relative addresses alone.

const token = document.querySelector("meta[name='trama-token']").content;

/** An answer that is none: `status` 0 where the server could not be reached, `message` in words for people. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether the same question may get an answer later: the server is away, busy, or was started anew. */
  get passing() {
    return [0, 401, 403, 408, 429].includes(this.status) || this.status >= 500;
  }
}

export const get = (address) => ask(address, {});

export const post = (address, body) =>
  ask(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Trama-Token": token },
    body: JSON.stringify(body ?? {}),
  });

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options });
  } catch {
    throw new Refusal(0, "");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, told.message ?? "");
  return told;
}
