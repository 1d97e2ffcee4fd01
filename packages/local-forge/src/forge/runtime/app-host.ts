import type { DoorCall, PlatformDoor } from '../door.ts';
import { openDoor } from '../door.ts';
import type { Egress } from '../egress.ts';
import type { LiveInvocation } from '../live-invocation.ts';
import type { Logs } from '../logs.ts';
import { openAppProcess, type AppProcess } from './run-app.ts';

/** What the app reaches of the platform, and how the platform knows who asks. */
export type AppDoors = {
  invocation: (id: string) => LiveInvocation | undefined;
  egress: Egress;
  platform: PlatformDoor;
  memoryMB: number;
  logs: Logs;
};

/** Where the app runs. */
export type AppHost = {
  run: AppProcess['run'];
  /** Forgets what the app kept in memory. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** The app in a process of its own, as on Forge: it reaches nothing but the platform's door. */
export const openProcessHost = async (
  { memoryMB, ...doors }: AppDoors,
  options: {
    /** Folder with the backend's bundle, one `<module>.cjs` per handler module. */
    bundle: string;
    platformLatency: number;
    onCall?: ((call: DoorCall) => void) | undefined;
  },
): Promise<AppHost> => {
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
};
