export const bridge = window.bridge
