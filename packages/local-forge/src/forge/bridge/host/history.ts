type Place = { pathname: string; search: string; hash: string; key: string; state: unknown };
type Listener = (location: Place, action: string) => unknown;

/**
 * `view.createHistory()`: the app's own addresses below its page. Here they live behind the `#` of the site's page; in the
 * product they are part of its path.
 */
export function createHistory() {
  const listeners = new Set<Listener>();
  const place = (): Place => {
    const at = new URL(location.hash.slice(1) || '/', location.origin);
    return { pathname: at.pathname, search: at.search, hash: at.hash, key: location.hash, state: undefined };
  };
  const tell = (action: string) => listeners.forEach((listener) => void listener(place(), action));
  const go = (change: 'pushState' | 'replaceState', to: unknown, action: string) => {
    history[change](null, '', `#${addressOf(to)}`);
    tell(action);
  };
  window.addEventListener('popstate', () => tell('POP'));
  return {
    action: 'POP',
    location: place(),
    push: (to: unknown) => go('pushState', to, 'PUSH'),
    replace: (to: unknown) => go('replaceState', to, 'REPLACE'),
    go: (steps: number) => history.go(steps),
    goBack: () => history.back(),
    goForward: () => history.forward(),
    createHref: (to: unknown) => addressOf(to),
    listen(listener: Listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function addressOf(to: unknown): string {
  if (typeof to === 'string') return to;
  const { pathname = '/', search = '', hash = '' } = to as Partial<Place>;
  return pathname + search + hash;
}
