/** One appointment in a calendar file. It says neither who nor what for: phones show it on a locked screen. */
export interface Appointment {
  /** The same for ever, so that a moved one replaces the earlier. */
  uid: string
  /** Grows with each change. */
  sequence: number
  /** When this was written. */
  writtenAt: Date
  startsAt: Date
  minutes: number
  /** So many minutes before, the reader's phone says that it is near. */
  remindsBefore: number
  summary: string
  where: string
}

const utc = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d{3}/g, '')

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')
}

const OCTETS = 75

/** RFC 5545, 3.1: no line is longer than 75 octets, and no character is cut in two. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    // What goes on begins with a space, which counts.
    const most = parts.length === 0 ? OCTETS : OCTETS - 1
    if (Buffer.byteLength(part + character) > most) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}

/** A calendar file. Its moments are in UTC, so that no clock that changes is between us and the reader's. */
export function calendarOf({
  uid,
  sequence,
  writtenAt,
  startsAt,
  minutes,
  remindsBefore,
  summary,
  where,
}: Appointment): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Trellis//Appointments//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(writtenAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DURATION:PT${minutes}M`,
    `SUMMARY:${escaped(summary)}`,
    `LOCATION:${escaped(where)}`,
    'CLASS:PRIVATE',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:-PT${remindsBefore}M`,
    `DESCRIPTION:${escaped(summary)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
