//! The bytes that a program writes go in, the characters on the screen come out: as much of a terminal as questions
//! use (ECMA-48: CUP, CUU, CUF, ED, EL, SGR; and the second screen).

/// The rows of the screen after these bytes, without the blanks at their ends.
pub(crate) fn screen(bytes: &[u8], columns: usize, rows: usize) -> Vec<String> {
    let mut screen = Screen {
        cells: vec![vec![' '; columns]; rows],
        row: 0,
        column: 0,
    };
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' => {
                let mut parameters = String::new();
                let mut sequence = rest.by_ref().skip_while(|c| *c == '[');
                let last = loop {
                    match sequence.next() {
                        Some(c) if c.is_ascii_digit() || c == ';' || c == '?' => parameters.push(c),
                        last => break last,
                    }
                };
                // one that has not come to its end yet does nothing
                if let Some(last) = last {
                    screen.control(&parameters, last);
                }
            }
            '\r' => screen.column = 0,
            '\n' => screen.row = (screen.row + 1).min(rows - 1),
            other => screen.put(other),
        }
    }
    let cells = screen.cells.iter();
    cells
        .map(|row| row.iter().collect::<String>().trim_end().to_owned())
        .collect()
}

struct Screen {
    cells: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

impl Screen {
    fn put(&mut self, character: char) {
        if self.column == self.cells[0].len() {
            self.column = 0;
            self.row = (self.row + 1).min(self.cells.len() - 1);
        }
        self.cells[self.row][self.column] = character;
        self.column += 1;
    }

    fn control(&mut self, parameters: &str, last: char) {
        let number = |index: usize, otherwise: usize| {
            let mut numbers = parameters.split(';');
            let number = numbers.nth(index).and_then(|text| text.parse().ok());
            number.unwrap_or(otherwise)
        };
        match (last, parameters) {
            ('H', _) => {
                self.row = (number(0, 1) - 1).min(self.cells.len() - 1);
                self.column = (number(1, 1) - 1).min(self.cells[0].len());
            }
            ('A', _) => self.row = self.row.saturating_sub(number(0, 1)),
            ('C', _) => self.column = (self.column + number(0, 1)).min(self.cells[0].len()),
            ('J', "2") => self.clear(0, 0),
            ('J', "") => self.clear(self.row, self.column),
            ('K', "") => {
                let column = self.column;
                self.cells[self.row][column..].fill(' ');
            }
            // the second screen is a clean one
            ('h', "?1049") => {
                self.clear(0, 0);
                (self.row, self.column) = (0, 0);
            }
            ('m', _) | ('h' | 'l', "?2004" | "?1049" | "?25") => {}
            _ => panic!("this terminal does not know CSI {parameters} {last}"),
        }
    }

    fn clear(&mut self, row: usize, column: usize) {
        self.cells[row][column..].fill(' ');
        for row in &mut self.cells[row + 1..] {
            row.fill(' ');
        }
    }
}

#[test]
fn what_is_written_stands_where_the_cursor_was() {
    let bytes = b"ab\r\nc\x1b[1;5Hd\x1b[2;1H\x1b[Ke\x1b[36mf\x1b[0m\x1b[";
    assert_eq!(screen(bytes, 6, 3), ["ab  d", "ef", ""]);
    assert_eq!(screen(b"abc\x1b[1;2H\x1b[Jx", 6, 2), ["ax", ""]);
}
