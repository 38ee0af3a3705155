//! Where the values of a text stand: a tree of spans, opened only as deep as somebody asks.
//!
//! A value is an opaque run of tokens up to a comma or a closing bracket. What is deeper than asked is skipped
//! without recursion, so that no nesting, however deep, can exhaust the stack.

use super::lex::{ByteSpan, Lexer, RonToken, TokenKind};

/// The deepest that a tree is opened: the plan, its tasks, a task, its history, an entry, and one to spare.
pub(super) const DEEPEST: usize = 6;

/// The plan, the list of its tasks, and each task as one value.
pub(super) const TO_TASKS: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: NodeKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// Anything in parentheses, with a name before them or without: `Plan(…)`, `(…)`, `Some(…)`.
    Struct(NodeBody),
    List(NodeBody),
    /// A plain value, or one that was not opened.
    Leaf,
}

/// What stands between two brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NodeBody {
    /// Of the opening bracket.
    pub(super) open: usize,
    /// Of the closing bracket.
    pub(super) close: usize,
    pub(super) elements: Vec<Element>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: Option<ByteSpan>,
    pub(super) value: Node,
    pub(super) comma: Option<usize>,
}

impl Node {
    /// The one value of a whole text, behind its attributes.
    pub(super) fn root(text: &str, depth: usize) -> Option<Self> {
        TreeReader::new(Lexer::behind_attributes(text)?).value(depth)
    }

    /// The value that starts here.
    pub(super) fn at(text: &str, start: usize, depth: usize) -> Option<Self> {
        TreeReader::new(Lexer::new(text, start)).value(depth)
    }

    pub(super) const fn span(&self) -> ByteSpan {
        self.start..self.end
    }

    /// Puts everything elsewhere.
    pub(super) fn shift(&mut self, place: &impl Fn(usize) -> usize) {
        (self.start, self.end) = (place(self.start), place(self.end));
        let (NodeKind::Struct(body) | NodeKind::List(body)) = &mut self.kind else { return };
        (body.open, body.close) = (place(body.open), place(body.close));
        for element in &mut body.elements {
            element.name = element.name.as_ref().map(|name| place(name.start)..place(name.end));
            element.value.shift(place);
            element.comma = element.comma.map(place);
        }
    }

    /// The elements of a list.
    pub(super) const fn list(&self) -> Option<&NodeBody> {
        if let NodeKind::List(body) = &self.kind { Some(body) } else { None }
    }

    /// The structs in a list.
    pub(super) fn structs(&self) -> impl Iterator<Item = &NodeBody> {
        let elements = self.list().map_or(&[][..], |list| &list.elements);
        elements.iter().filter_map(|element| element.value.fields())
    }

    /// The list that a field of this struct holds.
    pub(super) fn list_mut(&mut self, text: &str, name: &str) -> Option<&mut NodeBody> {
        let NodeKind::Struct(body) = &mut self.kind else { return None };
        let field = body.elements.iter_mut().find(|element| element.is_named(text, name))?;
        if let NodeKind::List(body) = &mut field.value.kind { Some(body) } else { None }
    }

    /// The fields of a struct.
    pub(super) const fn fields(&self) -> Option<&NodeBody> {
        if let NodeKind::Struct(body) = &self.kind { Some(body) } else { None }
    }
}

impl NodeBody {
    pub(super) fn field(&self, text: &str, name: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.is_named(text, name))
    }
}

impl Element {
    pub(super) fn start(&self) -> usize {
        self.name.as_ref().map_or(self.value.start, |name| name.start)
    }

    /// The name as `ron` understands it: `r#title` is `title`.
    pub(super) fn name<'a>(&self, text: &'a str) -> Option<&'a str> {
        let name = &text[self.name.clone()?];
        Some(name.strip_prefix("r#").unwrap_or(name))
    }

    pub(super) fn is_named(&self, text: &str, name: &str) -> bool {
        self.name(text) == Some(name)
    }
}

/// The elements of a list that stand in this part of the text, each as one value.
pub(super) fn elements(text: &str, part: ByteSpan) -> Option<Vec<Element>> {
    let mut reader = TreeReader::new(Lexer::new(text, part.start));
    let mut elements = Vec::new();
    while reader.next.is_some_and(|token| token.start < part.end) {
        elements.push(reader.element(0)?);
    }
    Some(elements)
}

struct TreeReader<'a> {
    lexer: Lexer<'a>,
    /// The next token that is neither space nor comment.
    next: Option<RonToken>,
}

impl<'a> TreeReader<'a> {
    fn new(mut lexer: Lexer<'a>) -> Self {
        let next = lexer.next_solid();
        Self { lexer, next }
    }

    fn take(&mut self) -> Option<RonToken> {
        std::mem::replace(&mut self.next, self.lexer.next_solid())
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let first = self.next?;
        let mut value = Node { start: first.start, end: first.start, kind: NodeKind::Leaf };
        let mut parts = 0;
        while let Some(token) = self.next {
            match token.kind {
                TokenKind::Comma | TokenKind::Close(_) => break,
                TokenKind::Open(bracket) => {
                    let opens = match bracket {
                        b'(' => parts == 0 || (parts == 1 && first.kind == TokenKind::Word),
                        b'[' => parts == 0,
                        _ => false,
                    };
                    (value.end, value.kind) = self.bracketed(bracket, if opens { depth } else { 0 })?;
                }
                _ => {
                    self.take();
                    (value.end, value.kind) = (token.end, NodeKind::Leaf);
                }
            }
            parts += 1;
        }
        (parts > 0).then_some(value)
    }

    fn bracketed(&mut self, bracket: u8, depth: usize) -> Option<(usize, NodeKind)> {
        let open = self.take()?.start;
        let Some(depth) = depth.checked_sub(1) else {
            return Some((self.skip_to_close()? + 1, NodeKind::Leaf));
        };
        let body = self.body(open, depth)?;
        let end = body.close + 1;
        Some((end, if bracket == b'(' { NodeKind::Struct(body) } else { NodeKind::List(body) }))
    }

    fn body(&mut self, open: usize, depth: usize) -> Option<NodeBody> {
        let mut elements = Vec::new();
        loop {
            let first = self.next?;
            if let TokenKind::Close(_) = first.kind {
                self.take();
                return Some(NodeBody { open, close: first.start, elements });
            }
            elements.push(self.element(depth)?);
        }
    }

    fn element(&mut self, depth: usize) -> Option<Element> {
        let word = self.next.filter(|token| token.kind == TokenKind::Word);
        let is_colon = |token: RonToken| token.kind == TokenKind::Colon;
        let name = word.filter(|_| self.lexer.clone().next_solid().is_some_and(is_colon));
        if name.is_some() {
            self.take();
            self.take();
        }
        let name = name.map(|token| token.span());
        let value = self.value(depth)?;
        let comma = self.next.filter(|token| token.kind == TokenKind::Comma).map(|token| token.start);
        if comma.is_some() {
            self.take();
        }
        Some(Element { name, value, comma })
    }

    /// Skips to behind the bracket that closes the one just taken. Answers with its place.
    fn skip_to_close(&mut self) -> Option<usize> {
        let mut level = 1_usize;
        loop {
            let token = self.take()?;
            match token.kind {
                TokenKind::Open(_) => level += 1,
                TokenKind::Close(_) => level -= 1,
                _ => {}
            }
            if level == 0 {
                return Some(token.start);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_names_and_commas_have_their_places() {
        let text =
            "#![enable(implicit_some)] /* , */ Plan ( a : Some ( 1 ) , r#b: [x, (y)] // )\n, c: { 1: [ }";
        assert!(Node::root(text, DEEPEST).is_none(), "the brackets do not match");
        let text =
            "#![enable(implicit_some)] /* , */ Plan ( a : Some ( 1 ) , r#b: [x, (y)] // )\n, c: {1: 2} )";
        let root = Node::root(text, DEEPEST).expect("a value");
        let plan = root.fields().expect("a struct");
        let parts: Vec<_> = plan
            .elements
            .iter()
            .map(|it| (it.name(text).expect("a name"), &text[it.value.span()], it.comma.is_some()))
            .collect();
        assert_eq!(parts, [("a", "Some ( 1 )", true), ("b", "[x, (y)]", true), ("c", "{1: 2}", false)]);
        assert_eq!(plan.elements[1].value.list().expect("a list").elements.len(), 2);
    }

    #[test]
    fn what_is_deeper_than_asked_stays_closed() {
        let text = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let root = Node::root(&text, TO_TASKS).expect("a value");
        let inner = &root.list().expect("a list").elements[0].value.list().expect("a list").elements[0];
        assert_eq!((inner.value.start, inner.value.end), (2, text.len() - 2));
        assert!(matches!(inner.value.kind, NodeKind::Leaf));
    }
}
