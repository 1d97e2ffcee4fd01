import { startHost, type StartedHost } from '../../forge/bridge/host/start-host.ts';
import { startMenus } from './menu.ts';

const host = document.getElementById('host-config') ? startHost() : undefined;
startMenus();
startTheme(host);
startModules(host);
startDialogs();

/** The choice of light or dark, stored for a year. */
function startTheme(host: StartedHost | undefined): void {
  const choices = [...document.querySelectorAll<HTMLElement>('[data-color-mode-choice]')];
  for (const choice of choices) {
    choice.addEventListener('click', () => {
      const colorMode = choice.dataset['colorModeChoice'] ?? 'light';
      document.cookie = `color-mode=${colorMode}; path=/; max-age=31536000; samesite=lax`;
      document.documentElement.dataset['colorMode'] = colorMode;
      for (const one of choices) one.setAttribute('aria-checked', String(one === choice));
      host?.setColorMode(colorMode);
    });
  }
}

/** Buttons that open a dialog of the page itself. */
function startDialogs(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-dialog]'))
    button.addEventListener('click', () => {
      const dialog = document.getElementById(button.dataset['dialog'] ?? '');
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    });
}

/** The issue's menu opens modules; the app's button adds its panel to the issue. */
function startModules(host: StartedHost | undefined): void {
  for (const item of document.querySelectorAll<HTMLElement>('[data-open-module]')) {
    item.addEventListener('click', () => host?.openModule(item.dataset['openModule'] ?? ''));
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-panel]')) {
    button.addEventListener(
      'click',
      () => void setPanel(button.dataset['panel'] ?? '', button.dataset['shown'] === 'true'),
    );
  }
}

async function setPanel(module: string, shown: boolean): Promise<void> {
  const config = JSON.parse(document.getElementById('host-config')?.textContent ?? '{}') as {
    site: string;
    issueKey: string;
  };
  const response = await fetch('/sandbox/panels', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ site: config.site, issueKey: config.issueKey, module, shown }),
  });
  if (!response.ok) throw new Error(`The panel could not be changed: ${await response.text()}`);
  location.reload();
}
