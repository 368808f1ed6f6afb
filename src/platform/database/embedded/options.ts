/** What the embedded server is asked for, and what it gives. */

export interface EmbeddedOptions {
  /** Kept between starts; made when missing. */
  readonly dataDir: string;
  /** Name of the database; created when missing. */
  readonly database: string;
  /** Polish lines for the person at the terminal. */
  readonly log?: (line: string) => void;
  /** Default true. False: nothing is flushed to the disk, and a crash of the machine may lose everything; for tests. */
  readonly durable?: boolean;
  /** Further settings of the server, which win over ours (all but those of the network). */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** On 127.0.0.1; another one at every start. */
  readonly port: number;
  /** Of `kamienica_owner`, who owns the database and may create others. */
  readonly ownerUrl: string;
  /** Of `kamienica_app`, who may log in and whatever the owner grants. */
  readonly appUrl: string;
  /** False when another caller's server was found running: it ends with its starter. */
  readonly startedByUs: boolean;
  /** Fast shutdown: open transactions are rolled back, connections closed. Does nothing to a server that others started. */
  stop(): Promise<void>;
}
