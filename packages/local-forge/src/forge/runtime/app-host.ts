import type { DoorCall, PlatformDoor } from '../door.ts';
import { openDoor } from '../door.ts';
import type { Egress } from '../egress.ts';
import type { LiveInvocation } from '../live-invocation.ts';
import type { Logs } from '../logs.ts';
import { openAppProcess, type AppProcess } from './run-app.ts';

/** The app's way to the platform, and the platform's way to find the caller. */
export type AppDoors = {
  invocation: (id: string) => LiveInvocation | undefined;
  egress: Egress;
  platform: PlatformDoor;
  memoryMB: number;
  logs: Logs;
};

/** The place where the app runs. */
export type AppHost = {
  run: AppProcess['run'];
  /** Drops the app's memory. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** The app in a process of its own, as on Forge: it reaches only the platform's door. */
export async function openProcessHost(
  { memoryMB, ...doors }: AppDoors,
  options: {
    /** Folder with the backend's bundle, one `<module>.cjs` per handler module. */
    bundle: string;
    platformLatency: number;
    onCall?: ((call: DoorCall) => void) | undefined;
  },
): Promise<AppHost> {
  const { bundle, ...measured } = options;
  const door = await openDoor({ ...doors, ...measured });
  const app = openAppProcess({ bundle, memoryMB, door, logs: doors.logs });
  return {
    run: (invoke, ms) => app.run(invoke, ms),
    restart: () => app.close(),
    close: async () => {
      await app.close();
      await door.close();
    },
  };
}
