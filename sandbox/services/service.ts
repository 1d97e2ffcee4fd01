export type { Service } from 'local-forge';

export type ServiceOptions = {
  /** Folder on disk the service owns: bare repositories and its database. Created when missing; it survives restarts. */
  directory: string;
  /** The clock, so that tests can expire tokens. */
  now?: () => Date;
};
