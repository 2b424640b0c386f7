/** An official file that was read from end to end and found right, ready to be read once more. */
export interface CheckedFile<Row> {
  /** Its name, without the folder. */
  file: string
  /** SHA-256, in hexadecimal. */
  digest: string
  edition: string
  rowsRead: number
  rowsKept: number
  /** Whether a list of postcodes has this one. */
  holds(postcode: string): boolean
  batches(): AsyncIterable<Row[]>
}
