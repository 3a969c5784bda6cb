import { sheet } from './dom.js';

/** The looks of both elements. Pages change them by custom properties and parts. */
export const common = sheet(`
  :host {
    --accent: var(--live-accent, light-dark(#1258ad, #7db5f8));
    --accent-ink: var(--live-accent-ink, light-dark(#ffffff, #08121e));
    --ink: var(--live-ink, light-dark(#1b2026, #e8ecf1));
    --soft: var(--live-soft, light-dark(#505b67, #a6b2bf));
    --card: var(--live-card, light-dark(#ffffff, #1b2129));
    --field: var(--live-field, light-dark(#f5f6f8, #12161b));
    --line: var(--live-line, light-dark(#d9dee5, #2f3945));
    --edge: var(--live-edge, light-dark(#7a8694, #71808f));
    --on-air: var(--live-on-air, #c21f1f);
    display: block;
    color: var(--ink);
    background: var(--card);
    font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
    border-radius: var(--live-radius, 0.6rem);
    overflow: hidden;
  }
  :host([hidden]), [hidden] { display: none !important; }
  *, ::before, ::after { box-sizing: border-box; }
  .screen { position: relative; background: #000000; aspect-ratio: var(--live-aspect, 16 / 9); overflow: hidden; }
  video { display: block; width: 100%; height: 100%; object-fit: contain; background: #000000; }
  .cover {
    position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
    gap: 0.6rem; padding: 0.75rem; pointer-events: none;
  }
  .cover > * { pointer-events: auto; flex: none; }
  .cover.low { justify-content: end; padding-bottom: 4rem; }
  .message {
    margin: 0; padding: 0.5rem 0.9rem; border-radius: 0.4rem; max-width: 100%; max-height: 100%; flex-shrink: 1;
    overflow: auto; text-align: center; text-wrap: balance; overflow-wrap: anywhere; color: #ffffff; background: rgb(16 20 24 / 88%);
  }
  .message:empty { position: absolute; padding: 0; }
  button, select, input {
    font: inherit; color: var(--ink); background: var(--field); min-height: 2.25rem;
    border: 1px solid var(--edge); border-radius: 0.4rem; padding: 0.3rem 0.7rem; max-width: 100%;
  }
  button { cursor: pointer; }
  button:disabled, select:disabled, input:disabled { opacity: 0.65; cursor: default; }
  button.primary { color: var(--accent-ink); background: var(--accent); border-color: var(--accent); }
  button[aria-pressed='true'] { color: var(--accent-ink); background: var(--accent); border-color: var(--accent); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  .screen :focus-visible { outline-color: #ffffff; outline-offset: -2px; }
  .screen:has(video:focus-visible)::after {
    content: ''; position: absolute; inset: 0; pointer-events: none;
    box-shadow: inset 0 0 0 3px var(--accent), inset 0 0 0 5px #ffffff;
  }
  button[data-on] { border-color: var(--accent); box-shadow: inset 0 0 0 2px var(--accent); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1rem; padding: 0.5rem 0.75rem; }
  .bar > .end { margin-inline-start: auto; }
  .buttons { display: flex; flex-wrap: wrap; justify-content: end; gap: 0.5rem; }
  .badge {
    padding: 0 0.6rem; border-radius: 0.3rem; font-weight: 600; font-size: 0.875rem; letter-spacing: 0.03em;
    color: #ffffff; background: var(--on-air);
  }
  .badge[data-off] { color: var(--soft); background: none; border: 1px solid var(--edge); }
  .figure { color: var(--soft); font-size: 0.9rem; font-variant-numeric: tabular-nums; }
  .panel { padding: 0.75rem; border-top: 1px solid var(--line); }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 0.1rem 1rem; margin: 0; font-size: 0.9rem; }
  dt { color: var(--soft); }
  dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 0.75rem; margin-top: 0.75rem; }
  .charts > figure { margin: 0; min-width: 0; }
  .charts figcaption { font-size: 0.875rem; color: var(--soft); }
`);
