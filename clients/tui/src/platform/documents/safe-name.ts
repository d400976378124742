/** A name from elsewhere as one that every system takes, that hides nothing, and that never leads out of a folder. */
export const safeName = (fileName: string): string => fileName.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_');
