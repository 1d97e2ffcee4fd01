import type { Peer } from '../wire.ts';
import type { HostConfig, HostModule } from './config.ts';

/** One page of the app on the site's page. */
export type Frame = {
  iframe: HTMLIFrameElement;
  module: HostModule;
  resource: string;
  /** The context of `Modal.open`, if it opened this frame. */
  modalContext: unknown;
  /** Whether its height follows its content. */
  autoHeight: boolean;
  peer: Peer | undefined;
  /** In a modal: closes it, and gives the payload to the frame that opened it. */
  close: ((payload: unknown) => Promise<void>) | undefined;
  closeOnEscape: boolean;
  closeListeners: (() => unknown)[];
};

/** The same as in the response's CSP. The product gives its frames the same (assumption). */
const sandbox = [
  'allow-downloads',
  'allow-forms',
  'allow-modals',
  'allow-pointer-lock',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-same-origin',
  'allow-scripts',
].join(' ');

export function createFrame(
  config: HostConfig,
  module: HostModule,
  options: { resource?: string; title?: string; modalContext?: unknown; autoHeight: boolean },
): Frame {
  const resource = options.resource ?? module.resource;
  const iframe = document.createElement('iframe');
  iframe.className = 'app-frame';
  iframe.title = options.title ?? module.title;
  iframe.dataset['module'] = module.key;
  iframe.dataset['resource'] = resource;
  iframe.setAttribute('sandbox', sandbox);
  iframe.src = `${config.pagesOrigin}/${config.site}/${encodeURIComponent(resource)}/index.html`;
  return {
    iframe,
    module,
    resource,
    modalContext: options.modalContext,
    autoHeight: options.autoHeight,
    peer: undefined,
    close: undefined,
    closeOnEscape: false,
    closeListeners: [],
  };
}
