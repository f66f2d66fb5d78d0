//! The screens on the page about menus are those of the program.
