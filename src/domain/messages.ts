/** What became of messages, by which a list of them is kept. */
export const MESSAGE_LISTS = ['sent', 'waiting', 'failed'] as const
export type MessageList = (typeof MESSAGE_LISTS)[number]
