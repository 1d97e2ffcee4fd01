import { button, element } from './element.ts';
import { createFrame, type Frame } from './frame-element.ts';
import type { HostModule } from './config.ts';
import type { Host } from './host.ts';
import { openOverlay } from './overlay.ts';

export type ModalOptions = {
  resource?: string | null;
  onClose?: (payload: unknown) => unknown;
  size?: unknown;
  context?: unknown;
  closeOnEscape?: boolean;
  closeOnOverlayClick?: boolean;
  title?: string;
};

/** Widths and heights are CSS classes; docs page "Modal" (custom UI bridge): small 400 px … xlarge 968 px. */
const sizes = ['small', 'medium', 'large', 'xlarge', 'max'];
/** A modal closes after this time, even if its page has not answered its own `onClose`. */
const closeGraceMs = 500;

/** Opens a page of the app over the site. `onClose` of the opener runs in every case. */
export function openModal(host: Host, module: HostModule, options: ModalOptions, opener?: Frame): Frame {
  const size = options.size ?? 'medium';
  if (typeof size !== 'string' || !sizes.includes(size)) {
    throw new Error(`not modelled by the sandbox: a modal of size ${JSON.stringify(size)}`);
  }
  const label = options.title || module.title;
  const frame = createFrame(host.config, module, {
    ...(options.resource ? { resource: options.resource } : {}),
    title: label,
    modalContext: options.context,
    autoHeight: false,
  });
  const overlay = openOverlay(label, `modal modal-${size}`, (by) => {
    if (by === 'escape' ? frame.closeOnEscape : (options.closeOnOverlayClick ?? true)) void frame.close?.(undefined);
  });
  frame.closeOnEscape = options.closeOnEscape ?? true;
  frame.close = async (payload) => {
    frame.close = undefined;
    await Promise.race([
      Promise.allSettled(frame.closeListeners.map(async (listener) => listener())),
      new Promise((resolve) => setTimeout(resolve, closeGraceMs)),
    ]);
    host.modals = host.modals.filter((one) => one !== frame);
    forgetFrame(host, frame);
    overlay.remove();
    await opener?.peer?.call('restoreFocus');
    await options.onClose?.(payload);
  };
  if (options.title) {
    const close = button('×', 'subtle', () => void frame.close?.(undefined));
    close.setAttribute('aria-label', 'Close');
    overlay.dialog.append(element('header', { class: 'modal-header' }, element('h2', {}, options.title), close));
  }
  overlay.dialog.append(frame.iframe);
  host.frames.add(frame);
  host.modals.push(frame);
  frame.iframe.focus();
  return frame;
}

function forgetFrame(host: Host, frame: Frame): void {
  host.frames.delete(frame);
  host.events.forget(frame);
  host.realtime.forget(frame);
  frame.peer?.close();
  frame.peer = undefined;
}
