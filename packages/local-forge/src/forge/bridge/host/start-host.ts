import { connect } from '../wire.ts';
import { runCommand } from './commands.ts';
import { readConfig } from './config.ts';
import { createEvents } from './events.ts';
import { createFlags } from './flags.ts';
import { createFrame } from './frame-element.ts';
import { askServer, frameOf, type Host } from './host.ts';
import { openModal } from './modal.ts';
import { createRealtime } from './realtime.ts';

export type StartedHost = {
  /** Opens a module in a modal, as the menu does. */
  openModule(moduleKey: string): void;
  /** Sends the switch between light and dark to all pages. */
  setColorMode(colorMode: string): void;
};

/** Puts the app's pages into their places (`data-module-frame`) and answers their requests. */
export function startHost(): StartedHost {
  const config = readConfig();
  const ask: Host['ask'] = (frame, command, payload) => askServer(config, frame, command, payload);
  const host: Host = {
    config,
    frames: new Set(),
    modals: [],
    events: createEvents(),
    realtime: createRealtime(ask),
    flags: createFlags(),
    ask,
  };
  window.addEventListener('message', (event) => {
    const frame = frameOf(host, event);
    const [port] = event.ports;
    if (!frame || !port) return;
    // A page that was reloaded starts afresh.
    frame.peer?.close();
    host.events.forget(frame);
    host.realtime.forget(frame);
    frame.closeListeners = [];
    frame.peer = connect(port, (command, payload) => runCommand(host, frame, command, payload));
    if (frame.close && document.activeElement !== frame.iframe) frame.iframe.focus();
  });
  for (const place of document.querySelectorAll<HTMLElement>('[data-module-frame]')) {
    const module = config.modules.find(({ key }) => key === place.dataset['moduleFrame']);
    if (!module) throw new Error(`The page has no module ${place.dataset['moduleFrame'] ?? ''}.`);
    const frame = createFrame(config, module, { autoHeight: true });
    host.frames.add(frame);
    place.replaceChildren(frame.iframe);
  }
  return {
    openModule(moduleKey) {
      const module = config.modules.find(({ key }) => key === moduleKey);
      if (module) openModal(host, module, { size: module.viewportSize ?? 'medium' });
    },
    setColorMode(colorMode) {
      for (const frame of host.frames) void frame.peer?.call('setColorMode', colorMode);
    },
  };
}
