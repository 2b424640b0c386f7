/** What became of messages, by which a list of them is kept. */
export const MESSAGE_LISTS = ['sent', 'waiting', 'failed'] as const
export type MessageList = (typeof MESSAGE_LISTS)[number]

/** How often somebody may have one message sent again in a day: after that it does not arrive for another reason. */
export const RESENDS_A_DAY = 3
