/**
 * The page's side of the bridge: the first script of every page, so that `globalThis.__bridge` is there before the app's
 * bundle looks for it. Served in one piece with `wire.ts`; it talks to the site named in its own script tag, over a
 * port it hands over itself, and listens to nobody else.
 */
import { connect } from './wire.ts';

const script = document.currentScript as HTMLScriptElement;
const siteOrigin = script.dataset['site'] ?? '';
let themed = false;
/** Browsers lose the focus of a page when a modal of the site makes it inert. */
let focused: HTMLElement | undefined;

const channel = new MessageChannel();
const site = connect(channel.port1, (command, payload) => {
  switch (command) {
    case 'setColorMode':
      if (themed) document.documentElement.dataset['colorMode'] = String(payload);
      return;
    case 'restoreFocus':
      if (document.activeElement === document.body) focused?.focus();
      return;
    default:
      throw new Error(`A page cannot ${command}.`);
  }
});

const outside = window.parent === window;
Object.defineProperty(globalThis, '__bridge', {
  value: {
    callBridge(command: string, payload?: unknown): Promise<unknown> {
      if (outside) return Promise.reject(new Error('This page is not inside a Jira site.'));
      return command === 'enableTheming' ? enableTheming() : site.call(command, payload);
    },
  },
});
if (!outside) {
  window.parent.postMessage({ localForge: 'bridge' }, siteOrigin, [channel.port2]);
  document.addEventListener('DOMContentLoaded', reportHeight);
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) focused = target;
  });
  // Keys typed in a frame never reach the site around it, and a modal has to close on Escape.
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) void site.call('sandbox:escape');
  });
}

/** Atlassian's token style sheet and the attributes it looks for, as the product puts them on the page. */
async function enableTheming(): Promise<void> {
  const colorMode = await site.call('sandbox:colorMode');
  const root = document.documentElement;
  root.dataset['theme'] = 'light:light dark:dark spacing:spacing shape:shape typography:typography motion:motion';
  root.dataset['colorMode'] = String(colorMode);
  if (themed) return;
  themed = true;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/__forge/tokens.css';
  await new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => reject(new Error('The theme could not be loaded.'));
    document.head.append(link);
  });
}

/**
 * Reports the height of the content to the site. Parts that float over the page (menus, tooltips) do not count: they are clipped at the
 * frame's edge, as in the product (assumption about the product's exact measure).
 */
function reportHeight(): void {
  let last = -1;
  const report = () => {
    const body = getComputedStyle(document.body);
    const bottoms = [...document.body.children].map((child) => {
      const style = getComputedStyle(child);
      if (style.position === 'absolute' || style.position === 'fixed') return 0;
      return child.getBoundingClientRect().bottom + window.scrollY + parseFloat(style.marginBottom);
    });
    const height = Math.ceil(Math.max(0, ...bottoms) + parseFloat(body.paddingBottom) + parseFloat(body.marginBottom));
    if (height !== last) void site.call('sandbox:height', (last = height));
  };
  const sizes = new ResizeObserver(report);
  const watch = () => [...document.body.children].forEach((child) => sizes.observe(child));
  new MutationObserver(() => {
    watch();
    report();
  }).observe(document.body, { childList: true });
  watch();
  report();
}
