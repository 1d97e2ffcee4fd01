type Listener = { owner: object; event: string; callback: (payload: unknown) => unknown };

/** Events between the frames of the app on one page. They reach all listeners, also the sender's own (assumption). */
export function createEvents() {
  const listeners = new Set<Listener>();
  return {
    on(owner: object, event: string, callback: (payload: unknown) => unknown) {
      const listener = { owner, event, callback };
      listeners.add(listener);
      return { unsubscribe: () => void listeners.delete(listener) };
    },
    emit(event: string, payload: unknown) {
      for (const listener of listeners) if (listener.event === event) void listener.callback(payload);
    },
    /** Removes the listeners of a frame that is gone. */
    forget(owner: object) {
      for (const listener of listeners) if (listener.owner === owner) listeners.delete(listener);
    },
  };
}
