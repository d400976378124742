/** Of this client, as its requests name it and events record it. */
export const CLIENT_VERSION = '0.1.0';

/** What a list of sign-ins calls this program by. */
export const userAgent = (version = CLIENT_VERSION): string => `portal-terminal/${version}`;
