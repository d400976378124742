/** Of this client, as its requests name it and events record it. */
export const CLIENT_VERSION = '0.1.0';
