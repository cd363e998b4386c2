"""Given names that are common where people write with Latin letters: evidence that two words are somebody's name."""

from __future__ import annotations

from litdb.model import Name

GIVEN_NAMES = frozenset(
    """
    aaron abby abdul abigail abraham adam addison addy adele adrian adriana agnes ahmad ahmed aidan aiden aileen aisha
    alain alan alana alastair alban albert alberto albrecht alejandra alejandro alessandro alessio alex alexa
    alexander alexandra alexandre alexis alfonso alfred ali alice alicia alicja alina alison alistair allan allen
    allison allyson alvaro alyssa amanda amber ambrose amelia amir amit amos amy ana anand anastasia anders andrea
    andreas andrei andres andrew andy angela angelica angie anibal anil anita anja anke ann anna annabelle anne
    annette annie annika anselm anthony antje antoine anton antonio ariane arianna ariel arjun arne arnold arthur
    arturo arun asher ashley ashok ashwin astrid audrey augustin ava avery axel barbara barry bart bastian beate
    beatrice beatriz becky ben benedict benjamin benoit bernadette bernard bernd bernhard bernice berta bertrand beth
    bethany betty beverly bianca bill birgit bjorn björn blake bob bogdan bonnie boris brad bradley brandon brenda
    brendan brent brett brian brianna bridget brigid brigitte britta brittany bronwyn brooke bruce bruno bryan bryce
    caitlin caleb calvin cameron camila camille candice cara carina carl carla carlo carlos carmela carmen carol
    carole carolina caroline carolyn carrie carsten casey cassandra cassidy cassie catherine cathy cecile cecilia
    cedric celia cesar chad chantal charlene charles charlie charlotte chelsea cheryl chloe chris christiaan christian
    christiane christina christine christof christoffer christoph christopher christy chuck cindy claire clara clare
    clarence claude claudia claudio clemens clifford clint cody colin colleen connor conor conrad constance corey
    corinna cornelia cory courtney craig cristina curt curtis cynthia cyril cyrus dagmar dale dalia damian damien
    damon dan dana daniel daniela danielle danny daphne darius darrell darren darryl dave david davide dawid dean
    deanna debbie deborah debra deepak deirdre delia delores delphine denis denise dennis denny derek desiree desmond
    devin dexter diana diane didier diederik diego dieter dina dirk dmitri dmitry dolores dominic dominik dominique
    don donald donna donovan dorian doris dorothea dorothy doug douglas duane duncan dustin dwayne dwight dylan eamon
    earl eddie edgar edith edmond edmund edna edouard eduardo edward edwin eileen elaine elena eli elias elijah elisa
    elisabeth eliza elizabeth elke ella ellen ellie elliot elliott elmer elodie eloise elsa elvira elvis emanuel
    emanuele emerson emil emile emilia emily emma emmanuel enid enrique enzo eric erica erich erik erika erin ernest
    ernesto ernie esteban esther ethan ethel etienne eugene eugenia eva evan eve evelyn ezra fabian fabien fabio
    fabrice fatima faye felicia felipe felix ferdinand ferenc fergus fernando filip finn fiona flavia florian floyd
    frances francesca francesco francis francisco francois frank franz fred freda freddie frederic frederick friedrich
    fritz gabriel gabriela gabriella gail gareth gary gavin genevieve geoff geoffrey geoffroy george georgia gerald
    geraldine gerard gerardo gerd gerhard gerrit gertrude gianluca gilbert gilberto giles gillian gina giorgio
    giovanni giulia giuseppe glen glenda glenn gloria gonzalo gordon graham grant greg gregor gregory greta gretchen
    guido guillaume guillermo gunnar gunther gus gustav guy gwen gwendolyn hailey haki hamish hank hannah hannes hans
    harald harold harriet harry hartmut harvey hassan heather hector heidi heike heiko heinrich heinz helen helena
    helene helga hendrik henning henri henrik henry herbert herman herve hilary holly horst howard hubert hugh hugo
    humberto hussein ian ibrahim ida ignacio ignatius igor ilse ilya imogen imre ines ingo ingrid irene irina iris
    irving isaac isabel isabella isabelle isaiah ismael istvan ivan ivana jacek jack jackie jackson jacob jacopo
    jacqueline jacques jaime jake jakob jakub james jamie jan jana jane janet janice jared jaroslav jarrod jarvis
    jasmine jason jasper javier jay jayden jayne jean jeanette jeanne jed jeff jeffery jeffrey jen jenna jennifer
    jenny jens jerald jeremiah jeremie jeremy jerome jerry jerzy jess jesse jessica jesus jill jim jimmy joachim joan
    joana joanna joanne joaquin jocelyn jochem jochen jodi jodie joe joel joelle joerg joey johan johanna johannes
    john johnny jolene jon jonas jonathan joost jordan jorg jorge jose josef joseph josephine josh joshua josiah josue
    joy joyce jozef juan juanita judi judith judy juha julia julian juliana julie juliet juliette julio julius jun
    jurgen justin justine jörg jürgen kai kaitlyn karel karen karim karin karina karl karla karsten karyn kasia
    katarina katarzyna kate katelyn katelynn katharina katharine katherine kathie kathleen kathryn kathy katie katja
    katrin katrina kaye kayla kazuo keiko keith kelli kelly kelsey kelvin ken kendall kendra kenji kenneth kenny kerri
    kerry kerstin kevin khalid kieran kim kimberly kiran kirsten kirsty kjell klaus konrad kris krista kristen
    kristian kristin kristina kristine kristy krystyna krzysztof kurt kyle lana lance lara larry lars laura lauren
    laurence laurent laurie lawrence lea leah leanne lee leena leif leila lena leo leon leonard leonardo leonora
    leopold leroy leslie levi lewis liam liana lidia lila lillian lily lina linda lindsay lindsey linus lionel lisa
    liz liza loic lois lola loren lorena lorenzo lori lorna lorraine lothar louis louisa louise lourdes luc luca lucas
    lucia lucie lucinda lucy ludwig luigi luis luisa lukas luke lutz lydia lyle lyndon lynn maarten mabel maciej
    mackenzie maddie madeleine madeline madison magdalena maggie magnus maike malcolm mallory malte manfred manuel
    manuela mara marc marcel marcela marcelle marcelo marcia marco marcos marcus marek margaret margarete margarita
    margo margot marguerite maria marian mariana marianne marie marieke mariel marina mario marion marisa marisol
    marissa marjan marjorie mark marko markus marla marlene marlon marsha marta martha martin martina marty marvin
    mary maryam maryann mason massimo mateo mathew mathias mathieu mathilda mathilde mats matt matteo matthew matthias
    mattias maud maura maureen maurice mauricio mauro max maxim maxime maximilian maxine maya mechthild megan mehdi
    mehmet melanie melina melinda melissa melvin mercedes meredith merle mia michael michaela michail michal micheal
    michel michele michelle michiel miguel mika mikael mike mikhail mila mildred milena miles milo mina mindy minnie
    miranda miriam mirko mitch mitchell mitzi mohamed mohammad mohammed moira molly mona monica monika monique morgan
    moritz moses muhammad mustafa myles myra myron nadia nadine nadja nancy nanette naomi natalia natalie natascha
    natasha nate nathan nathaniel neal ned neil nell nelson nettie niall nicholas nick nico nicola nicolai nicolas
    nicole niels nigel nikhil nikita niklas niko nikola nikolai nils nina noah noel noelle nora norbert noreen norma
    norman nuno octavia octavio odell odile oksana olaf olav oleg olga oliver olivia olivier omar orville oscar oskar
    osman otis otto owain owen pablo paige pam pamela paola paolo pascal patricia patricio patrick patrik patsy patti
    paul paula pauline paulo pavel pedro peggy penelope penny percy pete peter petra phil philip philipp philippa
    philippe phillip phoebe phyllis pierce pierre piotr pirkko polly pooja porter prakash preeti preston priya
    priyanka quentin quinn rachel radoslaw rafael rahul raimund rainer raj rajesh ralf ralph ramon ramona randal
    randall randy raphael raquel rashid rasmus raul ravi ray raymond rebecca regina reginald reid reinhard remi renata
    renate renato rene renee rex reza rhonda rhys ricarda ricardo richard rick ricky rico riley rita rob robbie robert
    roberta roberto robin robyn rochelle rod roderick rodney rodrigo roel roger roland rolf romain roman romy ron
    ronald ronnie rory rosa rosalie rosalind rosanna roscoe rosemarie rosemary rosie ross rowan roxanne roy ruben
    rudolf rudy ruediger rufus rupert russ russell ruth ryan saad sabine sabrina sadie sally salma salvador sam
    samantha samir samuel sandeep sandra sandy sanjay sanjeev santiago sara sarah sascha sasha saskia satoshi saul
    scott sean sebastian sebastien selena selma serena serge sergei sergey sergio serhiy seth shaheen shana shane
    shannon shari sharon shaun shawn shayne sheila shelby shelia shelly sheri sherman sherry sheryl shirley shivani
    sid sidney sigrid silke silvia silvio simon simone siobhan slavoj snezana sofia sofie solomon sonia sonja sonya
    sophia sophie soren spencer stacey stacia stacie stacy stan stanley stefan stefania stefanie steffen stella
    stephan stephane stephanie stephen steve steven stewart stuart sue sunil suresh susan susana susanna susannah
    susanne suzanne sven svend svetlana sybil sylvester sylvia sylvie tabitha tadeusz takashi tamar tamara tamika
    tammy tania tanja tanya tara tasha tatiana tatjana tatum taylor ted teresa terrence terri terry tess tessa
    thaddeus thea thelma theo theodor theodora theodore theresa thierry thomas thorsten tia tibor tiffany tilman tim
    timothy tina tobias tobin toby todd tom tomas tomasz tommaso tommy tony torsten tove tracey tracy travis trent
    trevor trish tristan trond troy trudy tuomas tyler tyrone ugo ulf ulrich ulrike umberto unai uri ursula uwe vaclav
    valentin valentina valeria valerie vanessa veit velma vera verena verna vernon veronica veronika vicente vicki
    vicky victor victoria vijay vikki vikram viktor vince vincent vincenzo viola virgil virginia vivian viviana vivien
    vlad vladimir volker wade waldemar walter walther wanda warren wayne wendell wendy werner wesley wiebke wilbur
    wilfred wilhelm willem william willow wilma wim winfried winifred winston wojciech wolfgang xavier yana yann
    yannick yasmin yolanda yolande yosef youssef yuki yuri yusuf yves yvette yvonne zach zachariah zachary zack zoe
    zoltan zsolt zuzana
    """.split()
)
"""In lower case; words that rather name things (Grace, Hope, Art, Rose, Mercury) are left out where they mislead."""


def has_given_name(name: Name) -> bool:
    """Whether a person's name begins with a common given name: more than its form says that it is one.

    >>> has_given_name(Name(family="Leike", given="Jan")), has_given_name(Name(family="Coach", given="Hevy"))
    (True, False)
    """
    return name.given.partition(" ")[0].casefold() in GIVEN_NAMES
