// The style sheet of the pages that the service renders: login and refusals.

/** The path of the style sheet. */
export const loginStylePath = "/admin/login.css";

/** The style sheet is a file, so that the content security policy needs no inline styles. */
export const loginStyle = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7;
  --card: #ffffff;
  --text: #1c2330;
  --quiet: #56606f;
  --line: #8a94a3;
  --accent: #1f5fbf;
  --on-accent: #ffffff;
  --wrong: #a11b1b;
  --wrong-ground: #fdecec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181f;
    --card: #1d232d;
    --text: #e8ebf0;
    --quiet: #a9b2bf;
    --line: #6d7888;
    --accent: #8db8ff;
    --on-accent: #0c1726;
    --wrong: #ffb4b4;
    --wrong-ground: #3b2023;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  padding: 1rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%;
  max-width: 24rem;
  padding: 2rem 1.5rem;
  background: var(--card);
  border-radius: 0.75rem;
}
h1 {
  margin: 0 0 0.5rem;
  font-size: 1.5rem;
  line-height: 1.25;
}
p {
  margin: 0 0 1.25rem;
  color: var(--quiet);
}
label {
  display: block;
  margin-bottom: 0.25rem;
  font-weight: 600;
}
input {
  width: 100%;
  margin-bottom: 1rem;
  padding: 0.625rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: transparent;
  color: inherit;
  font: inherit;
}
button {
  width: 100%;
  margin-top: 0.25rem;
  padding: 0.75rem;
  border: 0;
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
a {
  color: var(--accent);
}
input:focus-visible,
button:focus-visible,
a:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
p.below {
  margin: 1.25rem 0 0;
  text-align: center;
}
p.wrong {
  margin-top: 0.75rem;
  padding: 0.75rem;
  border-radius: 0.5rem;
  background: var(--wrong-ground);
  color: var(--wrong);
}
`.trimStart();
