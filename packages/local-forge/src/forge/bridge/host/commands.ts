import type { Frame } from './frame-element.ts';
import { askForEgress, type EgressGroup } from './consent.ts';
import type { FlagOptions } from './flags.ts';
import { createHistory } from './history.ts';
import type { Host } from './host.ts';
import { openModal, type ModalOptions } from './modal.ts';
import { addressOf, navigate, type NavigatePayload } from './navigate.ts';
import type { Subscription } from './realtime.ts';

type Command = (host: Host, frame: Frame, payload: never) => unknown;
type Listening = { event: string; callback: (payload: unknown) => unknown };
type Emission = { event: string; payload: unknown };

/** Events of each app have a name space of their own. */
const publicEvent = (event: string) => `public:${event}`;

/** The bridge's commands, by the name under which `@forge/bridge` calls them. */
const commands: Readonly<Record<string, Command>> = {
  invoke: (
    host,
    frame,
    payload: { functionKey: string; payload?: unknown; metadata?: unknown; invokeType?: string },
  ) => {
    if (payload.metadata !== undefined) throw notModelled('invoke with metadata');
    if (payload.invokeType !== undefined) throw notModelled(`invoke of type ${payload.invokeType}`);
    return host.ask(frame, 'invoke', payload);
  },
  fetchProduct: (host, frame, payload: { product: string; isMultipartFormData?: boolean }) => {
    if (payload.product !== 'jira') throw notModelled(`requests of a page to ${payload.product}`);
    if (payload.isMultipartFormData) throw notModelled('requests of a page with files');
    return host.ask(frame, 'fetchProduct', payload);
  },
  getContext: (_host, frame) => contextOf(frame),
  navigate: (host, _frame, payload: NavigatePayload) => navigate(host, payload),
  getUrl: (host, _frame, payload: { target: string }) => new URL(addressOf(host.config, payload), location.origin).href,
  reload: () => location.reload(),
  openModal: (host, frame, payload: ModalOptions) => {
    openModal(host, frame.module, payload, frame);
    return true;
  },
  close: (_host, frame, payload: unknown) => closeFrame(frame, payload),
  submit: (_host, frame, payload: unknown) => closeFrame(frame, payload),
  onClose: (_host, frame, listener: () => unknown) => {
    if (!frame.close) return false;
    frame.closeListeners.push(listener);
    return true;
  },
  refresh: (host, frame) => {
    if (host.config.issueKey === null) return false;
    for (const other of host.frames) if (other !== frame && !other.close) other.iframe.src = String(other.iframe.src);
    return true;
  },
  showFlag: (host, _frame, payload: FlagOptions) => host.flags.show(payload),
  closeFlag: (host, _frame, payload: { id: string | number }) => host.flags.close(payload.id),
  changeWindowTitle: (_host, _frame, title: string) => void (document.title = title),
  emitReadyEvent: () => undefined,
  createHistory: (_host, frame) => {
    if (!frame.module.type.endsWith('Page')) throw new Error('createHistory works on pages only.');
    return createHistory();
  },
  on: (host, frame, { event, callback }: Listening) => host.events.on(frame, event, callback),
  emit: (host, _frame, { event, payload }: Emission) => host.events.emit(event, payload),
  onPublic: (host, frame, { event, callback }: Listening) => host.events.on(frame, publicEvent(event), callback),
  emitPublic: (host, _frame, { event, payload }: Emission) => host.events.emit(publicEvent(event), payload),
  publishRealtimeChannel: (host, frame, payload: unknown) => host.ask(frame, 'publishRealtimeChannel', payload),
  subscribeRealtimeChannel: (host, frame, payload: Subscription) => host.realtime.subscribe(frame, payload),
  __permission__egressGet: (host, frame, payload: unknown) => host.ask(frame, '__permission__egressGet', payload),
  __permission__egressSet: async (host, frame, payload: { egresses: EgressGroup[] }) => {
    if (!host.config.admin) throw new Error('Only an administrator can allow access to external domains.');
    if (!(await askForEgress(payload.egresses))) throw new Error('Access to external domains was declined.');
    return host.ask(frame, '__permission__egressSet', payload);
  },
  __permission__egressDeleteDomain: (host, frame, payload: unknown) =>
    host.ask(frame, '__permission__egressDeleteDomain', payload),
  __permission__egressDeleteGroup: (host, frame, payload: unknown) =>
    host.ask(frame, '__permission__egressDeleteGroup', payload),
  'sandbox:colorMode': () => colorMode(),
  'sandbox:height': (_host, frame, height: number) => {
    if (frame.autoHeight) frame.iframe.style.height = `${height}px`;
  },
  'sandbox:escape': (_host, frame) => {
    if (frame.closeOnEscape) void frame.close?.(undefined);
  },
};

/** Runs one command of a page. A command that is not in the list is refused by name. */
export function runCommand(host: Host, frame: Frame, command: string, payload: unknown): unknown {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) throw notModelled(command);
  return run(host, frame, payload as never);
}

function colorMode(): string {
  return document.documentElement.dataset['colorMode'] ?? 'light';
}

function contextOf(frame: Frame): unknown {
  const { context } = frame.module;
  const theme = { dark: 'dark', light: 'light', spacing: 'spacing', typography: 'typography', colorMode: colorMode() };
  const modal = frame.modalContext === undefined ? {} : { modal: frame.modalContext };
  return { ...context, theme, extension: { ...context.extension, ...modal } };
}

function closeFrame(frame: Frame, payload: unknown): boolean {
  if (!frame.close) return false;
  void frame.close(payload);
  return true;
}

function notModelled(what: string): Error {
  return new Error(`not modelled by the sandbox: ${what}`);
}
