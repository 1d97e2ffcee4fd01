import { button, element } from './element.ts';
import { openOverlay } from './overlay.ts';

export type EgressGroup = { key: string; description: string; configured: { domain: string; type: string[] }[] };

/** Asks the admin, as Atlassian's own window does, whether the app may talk to these hosts. False: declined. */
export function askForEgress(groups: readonly EgressGroup[]): Promise<boolean> {
  return new Promise((resolve) => {
    const title = 'Allow access to external domains?';
    const answer = (allowed: boolean) => {
      overlay.remove();
      resolve(allowed);
    };
    const overlay = openOverlay(title, 'consent', (by) => by === 'escape' && answer(false));
    overlay.dialog.append(
      element('h2', {}, title),
      element('p', {}, 'This app asks to exchange data with:'),
      ...groups.map((group) =>
        element(
          'div',
          {},
          element('p', {}, group.description),
          element(
            'ul',
            {},
            ...group.configured.map(({ domain, type }) => element('li', {}, `${domain} (${type.join(', ')})`)),
          ),
        ),
      ),
      element(
        'div',
        { class: 'dialog-actions' },
        button('Cancel', 'subtle', () => answer(false)),
        button('Allow', 'primary', () => answer(true)),
      ),
    );
    overlay.dialog.querySelector('button')?.focus();
  });
}
