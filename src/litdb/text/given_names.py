"""Given names that are common where people write with Latin letters: evidence that two words are somebody's name."""

from __future__ import annotations

from litdb.model import Name

GIVEN_NAMES = frozenset(
    """
    aaron abby abdul abigail abraham adam addison addy adele adrian adriana agnes ahmed aidan aisha alan alana albert
    alberto alejandra alejandro alessandro alex alexander alexandra alexandre alexis alfred ali alice alicia alina
    alison allan allen allison alvaro alyssa amanda amelia amir amit amy ana anand anastasia anders andrea andreas
    andrei andres andrew andy angela angelica angie anil anita anja anke ann anna annabelle anne annette annie anthony
    antoine anton antonio ariel arjun arnold arthur arun asher ashley ashok astrid audrey ava avery axel barbara barry
    beatrice beatriz becky ben benedict benjamin bernard bernd bernhard beth bethany betty beverly bill björn blake
    bob bonnie boris brad bradley brandon brenda brendan brent brett brian brianna bridget brigitte britta brittany
    brooke bruce bruno bryan caitlin caleb calvin cameron camila camille cara carina carl carla carlos carmen carol
    carolina caroline carolyn carrie carsten casey cassandra cassidy catherine cathy cecilia chad charlene charles
    charlie charlotte chelsea cheryl chloe chris christian christiane christina christine christof christoffer
    christoph christopher christy chuck cindy claire clara clarence claude claudia clemens cody colin colleen connor
    conrad constance corey corinna cory courtney craig cristina curtis cynthia dale dalia damian damien damon dan dana
    daniel daniela danielle danny darren dave david dean debbie deborah debra deepak denis denise dennis derek desmond
    diana diane didier diego dieter dina dirk dmitri dmitry dominic dominik don donald donna doris dorothy doug
    douglas duncan dustin dylan earl eddie edgar edith eduardo edward edwin eileen elaine elena eli elias elijah elisa
    elisabeth eliza elizabeth ella ellen ellie elliot elliott elsa emil emilia emily emma emmanuel enrique eric erica
    erich erik erika erin ernest esther ethan eugene eva evan eve evelyn fabian fabio fatima felicia felix ferdinand
    fernando fiona florian frances francesca francesco francis francisco francois frank franz fred freddie frederic
    frederick friedrich gabriel gabriela gabriella gail gareth gary gavin geoff geoffrey george georgia gerald gerard
    gerhard gianluca gilbert giles gillian gina giorgio giovanni giulia glen glenn gloria gordon graham grant greg
    gregor gregory greta gretchen guido guillaume guillermo gunnar gus gustav guy hailey haki hannah hannes hans
    harold harriet harry harvey hassan heather hector heidi heike heiko heinrich helen helena helene helga hendrik
    henri henrik henry herbert herman hilary holly horst howard hugh hugo ian ibrahim ida ignacio igor ilya ines
    ingrid irene irina iris isaac isabel isabella ivan jack jackie jackson jacob jacqueline jacques jaime jake jakob
    jakub james jamie jan jana jane janet janice jared jasmine jason jasper javier jay jayden jean jeff jeffrey jen
    jenna jennifer jenny jens jeremiah jeremy jerome jerry jess jesse jessica jesus jill jim jimmy joachim joan joana
    joanna joanne joaquin jochen jodi joe joel joelle joerg joey johan johanna johannes john johnny jon jonas jonathan
    jordan jorge jose josef joseph josephine josh joshua joyce juan juanita judith judy julia julian juliana julie
    juliet julio julius jun jurgen justin justine jörg jürgen kai kaitlyn karen karin karina karl karla kate katelyn
    katharina katherine kathleen kathryn kathy katie katja katrin katrina kayla keith kelly kelsey ken kendall kendra
    kenneth kerry kerstin kevin khalid kim kimberly kirsten klaus konrad kris krista kristen kristian kristin kristina
    kristine krystyna kurt kyle lana lance larry lars laura lauren laurence laurent laurie lawrence lea leah lee leila
    lena leo leon leonard leonardo leslie levi lewis liam lila lillian lily linda lindsay lindsey linus lisa liz liza
    lois lorenzo lori lorraine louis louisa louise lourdes luc luca lucas lucia lucy ludwig luis luisa luke lydia lynn
    mabel mackenzie maddie madeline madison magdalena maggie magnus malcolm manfred manuel manuela mara marc marcel
    marcela marcelo marcia marco marcos marcus margaret margarita margot maria marian marianne marie mariel marina
    mario marion marisa marjorie mark marko markus marlene marsha marta martha martin martina marvin mary mason mateo
    mathias mathieu mathilde matt matteo matthew matthias mattias maureen maurice mauricio max maxim maxime maximilian
    maya megan mehmet melanie melinda melissa melvin mercedes meredith mia michael michaela michal micheal michel
    michele michelle miguel mika mikael mike mikhail mila mildred milena miles mina miranda miriam mitch mitchell
    mohamed mohammad mohammed moira molly mona monica monika morgan moritz muhammad myles nadia nadine nancy naomi
    natalia natalie natasha nate nathan nathaniel neal ned neil nelson nicholas nick nico nicola nicolas nicole niels
    nigel nikhil nikita niklas nikola nikolai nils nina noah noel noelle nora norbert norma norman octavia olaf oleg
    olga oliver olivia olivier omar oscar otto owain owen pablo paige pamela paola paolo pascal patricia patrick
    patrik paul paula pauline paulo pavel pedro peggy penelope penny pete peter petra phil philip philipp philippa
    philippe phillip phoebe phyllis pierce pierre piotr polly pooja porter prakash preston priya quentin quinn rachel
    rafael rahul rainer raj rajesh ralf ralph ramon randall randy raphael raul ravi ray raymond rebecca regina reid
    rene renee reza rhonda ricardo richard rick ricky riley rita rob robert roberta roberto robin rod roderick rodney
    rodrigo roger roland rolf roman ron ronald ronnie rory rosa rosalind rosemary ross roy ruben rudolf rupert russ
    russell ruth ryan sabine sabrina sally salvador sam samantha samir samuel sandeep sandra sandy sanjay santiago
    sara sarah sascha sasha scott sean sebastian serena serge sergei sergey sergio seth shane shannon sharon shaun
    shawn sheila shelby shelly sheri sherry shirley sid sidney sigrid silke silvia simon simone sofia solomon sonia
    sonja sophia sophie spencer stacey stacy stan stanley stefan stefanie stella stephan stephanie stephen steve
    steven stewart stuart sue suresh susan susanna susanne suzanne sven svetlana sylvia sylvie tamara tammy tania
    tanja tanya tara tatiana taylor ted teresa terrence terri terry tessa thea theodor theodore theresa thierry thomas
    thorsten tiffany tim timothy tina tobias todd tom tomas tommy tony torsten tracey tracy travis trent trevor
    tristan troy tyler ulrich ulrike ursula uwe valentin valentina valeria valerie vanessa vera verena vernon veronica
    veronika vicki vicky victor victoria vijay vikram viktor vincent viola virginia vivian vladimir wade walter wanda
    warren wayne wendy werner wesley wilfred wilhelm willem william willow wolfgang xavier yana yann yasmin yolanda
    yuri yusuf yvette yvonne zach zachary zack zoe
    """.split()
)
"""In lower case; words that rather name things (Grace, Hope, Art, Rose, Mercury) are left out where they mislead."""


def has_given_name(name: Name) -> bool:
    """Whether a person's name begins with a common given name: more than its form says that it is one.

    >>> has_given_name(Name(family="Leike", given="Jan")), has_given_name(Name(family="Coach", given="Hevy"))
    (True, False)
    """
    return name.given.partition(" ")[0].casefold() in GIVEN_NAMES
